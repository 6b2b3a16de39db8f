package dev.cadenza.launcher.infra;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MailPageTests {

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable MailServer smtp;
    private @Nullable MailPage page;
    private int smtpPort;
    private int pagePort;

    @BeforeEach
    void start() throws Exception {
        smtpPort = freePort();
        pagePort = freePort();
        Mails mails = new Mails(folder);
        MailServer server = new MailServer(mails, smtpPort);
        server.start();
        smtp = server;
        MailPage pages = new MailPage(mails, List.of(server), List.of(server), pagePort);
        pages.start();
        page = pages;
    }

    @AfterEach
    void stop() {
        if (page != null) {
            page.stop();
        }
        if (smtp != null) {
            smtp.stop();
        }
    }

    @Test
    void answersTheMailsOfAnAddressNewestFirst() throws Exception {
        send("Ann+x@example.org", "First", "one", null);
        send("bob@example.org", "Other", "two", null);
        send("ann+x@example.org", "Grüße", "Open http://localhost:8080/verify?token=a&b=c now", "<p>three</p>");
        JsonNode rows = json("/api/mails?to=ann+x@example.org");
        assertThat(rows).hasSize(2);
        JsonNode newest = rows.get(0);
        assertThat(newest.propertyNames())
                .containsExactly("id", "to", "from", "subject", "received_at", "text", "html");
        assertThat(newest.get("subject").asString()).isEqualTo("Grüße");
        assertThat(newest.get("to").asString()).isEqualTo("ann+x@example.org");
        assertThat(newest.get("from").asString()).isEqualTo("no-reply@cadenza.localhost");
        assertThat(newest.get("text").asString()).isEqualTo("Open http://localhost:8080/verify?token=a&b=c now");
        assertThat(newest.get("html").asString()).isEqualTo("<p>three</p>");
        assertThat(rows.get(1).get("subject").asString()).isEqualTo("First");
        assertThat(rows.get(1).get("html").isNull()).isTrue();
        assertThat(json("/api/mails")).hasSize(3);
        assertThat(json("/api/mails?limit=1&to=bob%40example.org")).hasSize(1);
        assertThat(json("/api/mails?to=nobody@example.org")).isEmpty();
    }

    @Test
    void showsAMailWithoutRunningWhatItCarries() throws Exception {
        send(
                "eve@example.org",
                "<script>alert(1)</script>",
                "<img src=x> http://localhost/a?b=c&d",
                "<script>x</script>");
        String list = get("/").body();
        assertThat(list).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
        String id = json("/api/mails").get(0).get("id").asString();
        HttpResponse<String> mail = get("/mails/" + id);
        assertThat(mail.body())
                .doesNotContain("<script", "<img")
                .contains("<a href=\"http://localhost/a?b=c&amp;d\">")
                .contains("sandbox=\"allow-popups\"");
        assertThat(mail.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(get("/mails/../../etc/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsMailsOverARestart() throws Exception {
        send("ann@example.org", "Kept", "text", null);
        Files.writeString(folder.resolve("0000000000000001.part"), "half a mail");
        assertThat(new Mails(folder).newest(java.util.Optional.of("ANN@example.org"), 10))
                .singleElement()
                .satisfies(mail -> assertThat(mail.subject()).isEqualTo("Kept"));
        assertThat(folder.resolve("0000000000000001.part")).doesNotExist();
    }

    @Test
    void answersToItsOwnNameOnly() throws Exception {
        try (var socket = new java.net.Socket("127.0.0.1", pagePort)) {
            socket.getOutputStream()
                    .write("GET /api/mails HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void isHealthyOnlyOnceEverythingStarted() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(503);
        if (page != null) {
            page.everythingStarted();
        }
        HttpResponse<String> health = get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"smtp\":\"UP\"");
    }

    @Test
    void takesAServerAwayOnlyForWhoSaysThatHeMeansIt() throws Exception {
        assertThat(fault("/smtp/stop", false).statusCode()).isEqualTo(403);
        assertThat(fault("/nothing/stop", true).statusCode()).isEqualTo(404);
        assertThat(fault("/smtp/burn", true).statusCode()).isEqualTo(404);
        assertThat(fault("/smtp/stop", true).body()).isEqualTo("{\"status\":\"DOWN\"}");
        assertThat(fault("/smtp/start", true).body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(fault("/smtp/start", true).body()).isEqualTo("{\"status\":\"UP\"}");
        send("back@example.org", "Back", "Here again", null);
        assertThat(json("/api/mails?to=back@example.org").size()).isEqualTo(1);
    }

    private HttpResponse<String> fault(String path, boolean meant) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pagePort + path))
                .POST(HttpRequest.BodyPublishers.noBody());
        if (meant) {
            request.header("X-Cadenza-Fault", "test");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void send(String to, String subject, String text, @Nullable String html) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(smtpPort));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("no-reply@cadenza.localhost"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        if (html == null) {
            message.setText(text, "UTF-8");
        } else {
            MimeBodyPart plain = new MimeBodyPart();
            plain.setText(text, "UTF-8");
            MimeBodyPart rich = new MimeBodyPart();
            rich.setContent(html, "text/html; charset=UTF-8");
            message.setContent(new MimeMultipart("alternative", plain, rich));
        }
        Transport.send(message);
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return JsonMapper.builder().build().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pagePort + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
