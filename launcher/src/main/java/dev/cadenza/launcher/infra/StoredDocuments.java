package dev.cadenza.launcher.infra;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/** Documents as BSON; serialised ones, which the original wrote, can be read. */
final class StoredDocuments extends BasicDataType<Document> {

    /** No object of the store begins with it. */
    private static final byte BSON = -1;

    private static final int FIRST_BUFFER = 2_048;
    /** What a document takes in memory for each byte of its BSON, about. */
    private static final int MEMORY = 8;

    private final ObjectDataType serialized = new ObjectDataType();
    /** An average that follows what is read and written. */
    private volatile int size = 1_000;

    @Override
    public int getMemory(Document document) {
        return MEMORY * size;
    }

    @Override
    public void write(WriteBuffer out, Document document) {
        ByteBuf bson = Unpooled.buffer(FIRST_BUFFER);
        BsonEncoder.encodeDocument(document, bson);
        seen(bson.readableBytes());
        out.put(BSON).put(bson.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer in) {
        if (in.get(in.position()) != BSON) {
            return (Document) serialized.read(in);
        }
        in.get();
        ByteBuf bson = Unpooled.wrappedBuffer(in);
        Document document = BsonDecoder.decodeBson(bson);
        seen(bson.readerIndex());
        in.position(in.position() + bson.readerIndex());
        return document;
    }

    private void seen(int bytes) {
        size = (15 * size + bytes) / 16;
    }

    @Override
    public Document[] createStorage(int length) {
        return new Document[length];
    }
}
