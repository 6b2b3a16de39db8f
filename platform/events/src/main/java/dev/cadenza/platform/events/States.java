package dev.cadenza.platform.events;

import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonDocumentWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Records of one type as documents and back. */
final class States<S extends Record> {

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
        return codec.decode(
                new BsonDocumentReader(document), DecoderContext.builder().build());
    }

    /** The state as it will be read again. */
    S normalised(S state) {
        return decode(encode(state));
    }
}
