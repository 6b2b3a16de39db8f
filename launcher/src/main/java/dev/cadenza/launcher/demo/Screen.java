package dev.cadenza.launcher.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;

/** What the demo shows: steps, facts, and progress bars that stay on one line where there is a terminal. */
final class Screen {

    private static final int BAR = 30;

    private final PrintStream out;
    private final boolean terminal;
    private int step;
    private int shownQuarter = -1;

    Screen(PrintStream out) {
        this.out = out;
        Console console = System.console();
        this.terminal = console != null && console.isTerminal();
    }

    void step(String title) {
        step++;
        out.printf("%n%d. %s%n", step, title);
    }

    void fact(String name, Object value) {
        out.printf("   %-20s %s%n", name, value);
    }

    void line(String text) {
        out.println(text);
    }

    /** Percent of a task; call it as often as you like. */
    void progress(String task, int percent, String state) {
        int filled = Math.clamp(percent * BAR / 100, 0, BAR);
        String bar = "   %-20s [%s%s] %3d %%  %s"
                .formatted(task, "#".repeat(filled), ".".repeat(BAR - filled), percent, state);
        if (terminal) {
            out.print("\r\033[K" + bar);
            out.flush();
        } else if (percent / 25 != shownQuarter) {
            shownQuarter = percent / 25;
            out.println(bar);
        }
    }

    void progressEnds() {
        if (terminal) {
            out.println();
        }
        shownQuarter = -1;
    }

    static String size(long bytes) {
        return bytes < 1_000_000
                ? "%d kB".formatted(Math.max(1, bytes / 1_000))
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
