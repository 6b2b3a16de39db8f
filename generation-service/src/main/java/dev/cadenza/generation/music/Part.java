package dev.cadenza.generation.music;

import java.util.List;

/**
 * What one player plays.
 *
 * @param name as a mixing desk would show it
 * @param program General MIDI program, from 0; for {@link Role#DRUMS} the kit
 * @param pan -1 (left) to 1 (right)
 * @param room share of reverberation, 0 to 1
 * @param notes by start
 */
public record Part(Role role, String name, int program, double pan, double room, List<Note> notes) {

    public Part {
        notes = List.copyOf(notes);
    }

    /** Whether the part is a kit, whose pitches mean pieces. */
    public boolean isKit() {
        return role == Role.DRUMS;
    }
}
