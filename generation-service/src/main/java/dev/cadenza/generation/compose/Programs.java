package dev.cadenza.generation.compose;

import java.util.Map;

/** Names of the sounds that come with the build, by General MIDI program. */
public final class Programs {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "Piano"),
            Map.entry(4, "Electric piano"),
            Map.entry(9, "Bells"),
            Map.entry(10, "Music box"),
            Map.entry(11, "Vibraphone"),
            Map.entry(12, "Marimba"),
            Map.entry(14, "Tubular bells"),
            Map.entry(16, "Organ"),
            Map.entry(22, "Harmonica"),
            Map.entry(24, "Nylon guitar"),
            Map.entry(25, "Acoustic guitar"),
            Map.entry(26, "Jazz guitar"),
            Map.entry(27, "Clean guitar"),
            Map.entry(28, "Muted guitar"),
            Map.entry(29, "Lead guitar"),
            Map.entry(30, "Distorted guitar"),
            Map.entry(32, "Upright bass"),
            Map.entry(33, "Bass guitar"),
            Map.entry(38, "Synth bass"),
            Map.entry(39, "Deep synth bass"),
            Map.entry(40, "Violin"),
            Map.entry(45, "Pizzicato strings"),
            Map.entry(46, "Harp"),
            Map.entry(47, "Timpani"),
            Map.entry(48, "Strings"),
            Map.entry(50, "Synth strings"),
            Map.entry(52, "Choir"),
            Map.entry(54, "Synth voice"),
            Map.entry(56, "Trumpet"),
            Map.entry(60, "French horn"),
            Map.entry(61, "Brass"),
            Map.entry(62, "Synth brass"),
            Map.entry(65, "Saxophone"),
            Map.entry(68, "Oboe"),
            Map.entry(71, "Clarinet"),
            Map.entry(73, "Flute"),
            Map.entry(79, "Whistle"),
            Map.entry(80, "Square lead"),
            Map.entry(81, "Synth lead"),
            Map.entry(87, "Bass and lead"),
            Map.entry(88, "Fantasia"),
            Map.entry(89, "Warm pad"),
            Map.entry(90, "Poly synth"),
            Map.entry(95, "Sweep pad"),
            Map.entry(98, "Crystal"),
            Map.entry(104, "Sitar"),
            Map.entry(105, "Banjo"),
            Map.entry(108, "Kalimba"),
            Map.entry(114, "Steel drums"));

    private Programs() {}

    /** The name of a program. */
    public static String name(int program) {
        return NAMES.getOrDefault(program, "Program " + (program + 1));
    }
}
