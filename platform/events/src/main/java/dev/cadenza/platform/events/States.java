package dev.cadenza.platform.events;

import dev.cadenza.platform.core.Versioned;
import java.util.UUID;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Records of one type as documents and back. */
final class States<S extends Record> {

    private static final DecoderContext CONTEXT = DecoderContext.builder().build();

    private final Codec<S> codec;

    States(Class<S> type) {
        this.codec = StateCodecs.REGISTRY.get(type);
    }

    BsonDocument encode(S state) {
        BsonDocument document = new BsonDocument();
        codec.encode(
                new BsonDocumentWriter(document),
                state,
                EncoderContext.builder().build());
        return document;
    }

    S decode(BsonDocument document) {
        return codec.decode(new BsonDocumentReader(document), CONTEXT);
    }

    /**
     * What lies in a document under a name. Documents are read raw and only once: as a tree of values they would cost twice
     * that.
     */
    S within(RawBsonDocument document, String name) {
        try (BsonReader reader = reader(document)) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                if (reader.readName().equals(name)) {
                    return codec.decode(reader, CONTEXT);
                }
                reader.skipValue();
            }
            throw new BsonInvalidOperationException("a document without " + name);
        }
    }

    /** A stored aggregate. */
    Versioned<S> aggregate(RawBsonDocument document) {
        UUID id = null;
        long version = 0;
        Long number = null;
        S state = null;
        try (BsonReader reader = reader(document)) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                switch (reader.readName()) {
                    case "_id" -> id = reader.readBinaryData().asUuid();
                    case "version" -> version = whole(reader);
                    case "number" -> number = whole(reader);
                    case "state" -> state = codec.decode(reader, CONTEXT);
                    default -> reader.skipValue();
                }
            }
        }
        if (id == null || state == null) {
            throw new BsonInvalidOperationException("no aggregate: " + document);
        }
        return new Versioned<>(id, version, number, state);
    }

    private static BsonReader reader(RawBsonDocument document) {
        return new BsonBinaryReader(document.getByteBuffer().asNIO());
    }

    private static long whole(BsonReader reader) {
        return switch (reader.getCurrentBsonType()) {
            case INT32 -> reader.readInt32();
            case DOUBLE -> (long) reader.readDouble();
            default -> reader.readInt64();
        };
    }

    /** The state as it will be read again. */
    S normalised(S state) {
        return decode(encode(state));
    }
}
