package dev.cadenza.generation.compose;

/** A genre; {@link Styles} knows them. */
public final class Style {

    final StyleData data;

    Style(StyleData data) {
        this.data = data;
    }

    /** Name of the genre, such as {@code ambient}. */
    public String name() {
        return data.name();
    }

    /** Whether a kit usually plays. */
    public boolean hasDrums() {
        return data.ensemble().kit() >= 0;
    }
}
