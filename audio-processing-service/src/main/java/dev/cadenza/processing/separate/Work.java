package dev.cadenza.processing.separate;

/** Whoever waits for an engine: hears how far it is and may stop it. */
public interface Work {

    /** Nobody listens and nobody stops it. */
    Work UNWATCHED = new Work() {
        @Override
        public void progress(double done) {}

        @Override
        public void check() {}
    };

    /**
     * Tells how far the work is; cheap.
     *
     * @param done 0 to 1
     */
    void progress(double done);

    /** Called at least every 200 ms of work; throws an unchecked exception where the work has to end. */
    void check();

    /** A part of this work, from one point of its progress to another. */
    default Work part(double from, double to) {
        Work whole = this;
        return new Work() {
            @Override
            public void progress(double done) {
                whole.progress(from + (to - from) * done);
            }

            @Override
            public void check() {
                whole.check();
            }
        };
    }
}
