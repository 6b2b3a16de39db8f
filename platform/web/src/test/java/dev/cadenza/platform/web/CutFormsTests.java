package dev.cadenza.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Clients that go away before all of a form was sent. */
class CutFormsTests extends RawForms {

    private static final String FILE = "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"";
    private static final int SIZE = 400_000;

    private static final byte[] FORM =
            form(FILE, SIZE, "\r\n--edge\r\n" + FILE + "\r\n\r\n" + "x".repeat(SIZE) + "\r\n--edge--\r\n");

    @Test
    void nothingIsLeftOfThem() throws IOException {
        assertNothingIsLeft();
        int head = FILE.length() + 12;
        Set<Integer> places = new TreeSet<>(Set.of(0, 1, 7, 8, 20, head - 1, head, head + 1));
        // around the size of buffers and of what Spring keeps in memory, between the files, and at the end
        for (int at : new int[] {8_192, 65_536, 131_072, SIZE, SIZE + head, SIZE + 65_536}) {
            places.add(head + at - 1);
            places.add(head + at);
            places.add(head + at + 1);
        }
        for (int back : new int[] {1, 2, 3, 4, 5, 9, 12, 13, 1_000}) {
            places.add(FORM.length - back);
        }
        for (int sent : places) {
            for (boolean seen : new boolean[] {false, true}) {
                try (Socket socket = open("/api/v1/things", FORM.length)) {
                    socket.getOutputStream().write(FORM, 0, sent);
                    // with what was sent on disk, and with the end on its heels
                    if (seen && isOnDisk(sent)) {
                        awaitFile();
                    }
                }
            }
        }
        assertThat(places).hasSizeGreaterThanOrEqualTo(30);
        assertNothingIsLeft();
        assertThat(post("/api/v1/things", FORM)).startsWith("HTTP/1.1 200 ");
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftOfThoseWhoSentAllButDoNotWait() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = open("/api/v1/things", FORM.length)) {
                socket.getOutputStream().write(FORM);
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void nothingIsLeftOfThoseWhoBreakOffWithAReset() throws IOException {
        for (int sent : new int[] {50, 9_000, 66_000, 300_000, FORM.length - 1}) {
            try (Socket socket = open("/api/v1/things", FORM.length)) {
                socket.getOutputStream().write(FORM, 0, sent);
                if (isOnDisk(sent)) {
                    awaitFile();
                }
                socket.setSoLinger(true, 0);
            }
        }
        assertNothingIsLeft();
    }

    /** The reader keeps back a buffer or two, and is done with the second hyphen after the last boundary. */
    private static boolean isOnDisk(int sent) {
        return sent > 150_000 && sent < FORM.length - 3;
    }
}
