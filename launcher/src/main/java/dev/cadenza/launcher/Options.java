package dev.cadenza.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What was typed after {@code ./cadenza}.
 *
 * @param command the first word
 * @param operands the words after it that are no options
 * @param portBase what is added to every part's port offset
 * @param data folder of everything that the local stack keeps; absolute
 * @param overrides Spring properties given with {@code --set}
 * @param detach {@code up} returns once everything is healthy
 * @param follow {@code logs} goes on with what is written later
 * @param yes {@code reset} does not ask
 */
record Options(
        String command,
        List<String> operands,
        int portBase,
        Path data,
        List<Override> overrides,
        boolean detach,
        boolean follow,
        boolean yes) {

    static final int DEFAULT_PORT_BASE = 8000;

    /** The highest offset in use is below this. */
    private static final int PORTS = 100;

    /**
     * One {@code --set [SERVICE:]property=value}.
     *
     * @param part name of the part it is for; empty: every service and worker
     * @param property Spring property
     * @param value its value
     */
    record Override(String part, String property, String value) {

        static Override parse(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new Problem("--set needs [SERVICE:]property=value, not \"" + text + "\".");
            }
            String left = text.substring(0, equals);
            String value = text.substring(equals + 1);
            // property names have no colon, so a colon before the equals sign ends a service's name
            int colon = left.indexOf(':');
            String part = colon < 0 ? "" : left.substring(0, colon);
            String property = left.substring(colon + 1);
            if (property.isBlank() || colon == 0) {
                throw new Problem("--set needs [SERVICE:]property=value, not \"" + text + "\".");
            }
            return new Override(part, property, value);
        }

        @java.lang.Override
        public String toString() {
            return (part.isEmpty() ? "" : part + ":") + property + "=" + value;
        }
    }

    static Options parse(List<String> arguments, Path home, Path workingDirectory) {
        String command = "";
        List<String> operands = new ArrayList<>();
        int portBase = DEFAULT_PORT_BASE;
        Path data = home.resolve(".cadenza");
        List<Override> overrides = new ArrayList<>();
        boolean detach = false;
        boolean follow = false;
        boolean yes = false;
        boolean optionsEnded = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (optionsEnded || !word.startsWith("-") || word.equals("-")) {
                if (command.isEmpty()) {
                    command = word;
                } else {
                    operands.add(word);
                }
                continue;
            }
            int equals = word.indexOf('=');
            boolean attached = word.startsWith("--") && equals > 0;
            String name = attached ? word.substring(0, equals) : word;
            switch (name) {
                case "--" -> optionsEnded = true;
                case "--port-base" -> portBase = portBase(value(name, word, attached, rest));
                case "--data" -> data = workingDirectory.resolve(value(name, word, attached, rest));
                case "--set" -> overrides.add(Override.parse(value(name, word, attached, rest)));
                case "--detach", "-d" -> detach = true;
                case "--follow", "-f" -> follow = true;
                case "--yes", "-y" -> yes = true;
                case "--help", "-h" -> command = "help";
                default -> throw new Problem("There is no option " + name + "; ./cadenza help lists them.");
            }
        }
        return new Options(
                command.isEmpty() ? "help" : command,
                List.copyOf(operands),
                portBase,
                data.toAbsolutePath().normalize(),
                List.copyOf(overrides),
                detach,
                follow,
                yes);
    }

    /** The options that make another process work on the same stack. */
    List<String> stackArguments() {
        List<String> arguments =
                new ArrayList<>(List.of("--port-base", Integer.toString(portBase), "--data", data.toString()));
        for (Override override : overrides) {
            arguments.add("--set");
            arguments.add(override.toString());
        }
        return arguments;
    }

    private static String value(String name, String word, boolean attached, Iterator<String> rest) {
        if (attached) {
            return word.substring(name.length() + 1);
        }
        if (!rest.hasNext()) {
            throw new Problem(name + " needs a value.");
        }
        return rest.next();
    }

    private static int portBase(String text) {
        try {
            int base = Integer.parseInt(text);
            if (base >= 1024 && base + PORTS <= 65_536) {
                return base;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Problem("--port-base needs a number from 1024 to " + (65_536 - PORTS) + ", not \"" + text + "\".");
    }
}
