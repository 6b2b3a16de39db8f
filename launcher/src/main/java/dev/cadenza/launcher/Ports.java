package dev.cadenza.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports of a stack are free. */
final class Ports {

    private Ports() {}

    static void demandFree(List<Part> parts) {
        List<String> busy = new ArrayList<>();
        for (Part part : parts) {
            for (int port : part.ports()) {
                if (!isFree(port)) {
                    busy.add(port + " (" + part.name() + ")");
                }
            }
        }
        if (busy.size() == 1) {
            throw new Problem("Port " + busy.getFirst()
                    + " is used by another program; stop that, or move all ports with --port-base N.");
        }
        if (!busy.isEmpty()) {
            throw new Problem("The ports " + String.join(", ", busy)
                    + " are used by other programs; stop those, or move all ports with --port-base N.");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
