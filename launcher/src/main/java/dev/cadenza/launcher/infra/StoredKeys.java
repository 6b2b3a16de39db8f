package dev.cadenza.launcher.infra;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/** Keys of unique indexes: as the store writes and orders Java objects, without making objects of them. */
final class StoredKeys extends BasicDataType<byte[]> {

    /** What the store puts before a serialised object. */
    static final byte SERIALIZED = 19;

    private static final int OVERHEAD = 24;

    @Override
    public int compare(byte[] one, byte[] other) {
        return ObjectDataType.compareNotNull(one, other);
    }

    @Override
    public int getMemory(byte[] key) {
        return OVERHEAD + key.length;
    }

    @Override
    public void write(WriteBuffer out, byte[] key) {
        out.put(SERIALIZED).putVarInt(key.length).put(key);
    }

    @Override
    public byte[] read(ByteBuffer in) {
        in.get();
        byte[] key = new byte[DataUtils.readVarInt(in)];
        in.get(key);
        return key;
    }

    @Override
    public byte[][] createStorage(int size) {
        return new byte[size][];
    }
}
