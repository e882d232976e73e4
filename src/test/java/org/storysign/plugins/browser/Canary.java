package org.storysign.plugins.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Servers on loopback, TCP and UDP, that nobody but the tests themselves has any business with. They note who comes all the same. */
final class Canary implements AutoCloseable {

    private final HttpServer http;
    private final DatagramSocket udp;
    private final List<String> visits = new CopyOnWriteArrayList<>();

    Canary() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", exchange -> {
            visits.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        byte[] packet = new byte[2_048];
        while (!udp.isClosed()) {
            try {
                udp.receive(new DatagramPacket(packet, packet.length));
                visits.add("UDP");
            } catch (IOException closed) {
                return;
            }
        }
    }

    String origin() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    int udpPort() {
        return udp.getLocalPort();
    }

    /** Every visit so far. */
    List<String> visits() {
        return List.copyOf(visits);
    }

    @Override
    public void close() {
        http.stop(0);
        udp.close();
    }
}
