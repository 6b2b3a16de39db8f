package dev.cadenza.processing.separate.torchscript;

import java.nio.file.Path;

/** PyTorch in this JVM: the library that the build brought, nothing from anywhere else. */
final class TorchRuntime {

    static final String ENGINE = "PyTorch";

    private TorchRuntime() {}

    /** Says what DJL may do; must come before anything else touches it. */
    static synchronized void prepare(ModelSettings settings) {
        // a mismatch of versions would otherwise be "repaired" by a download
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Path cache = settings.nativeCache() == null
                ? Path.of(System.getProperty("java.io.tmpdir"), "cadenza-torch-" + System.getProperty("user.name"))
                : settings.nativeCache();
        System.setProperty("DJL_CACHE_DIR", cache.toAbsolutePath().toString());
        System.setProperty("ENGINE_CACHE_DIR", cache.toAbsolutePath().toString());
        // threads that wait by spinning make two of them slower than one on a busy machine
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(settings.threads()));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }
}
