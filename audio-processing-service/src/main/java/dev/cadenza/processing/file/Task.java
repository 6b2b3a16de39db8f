package dev.cadenza.processing.file;

/** What is done with a file. */
public enum Task {
    /** Vocals and accompaniment. */
    VOCAL("vocal", "processing.separate");

    private final String word;
    private final String jobKind;

    Task(String word, String jobKind) {
        this.word = word;
        this.jobKind = jobKind;
    }

    /** How events name it. */
    public String word() {
        return word;
    }

    /** Which engine's jobs these are. */
    public String jobKind() {
        return jobKind;
    }
}
