package dev.cadenza.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.cadenza.auth.mail.Mail;
import dev.cadenza.auth.mail.MailKind;
import dev.cadenza.auth.mail.MailOrder;
import dev.cadenza.auth.mail.QueueMail;
import dev.cadenza.platform.core.Change;
import dev.cadenza.platform.core.Ids;
import dev.cadenza.platform.core.Versioned;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Mails from their order to the mail server, and again after a crash. */
class MailDeliveryTests extends AuthServiceIT {

    @Autowired
    private QueueMail queue;

    @Autowired
    private dev.cadenza.auth.mail.Mails mails;

    @Test
    void anOrderIsSentOnceInTextAndHtml() throws MessagingException {
        String address = address(name());
        MailOrder order = order(address, Map.of("ip", "192.0.2.7", "device", "Zoë's <Browser>"));
        queue.queue(order).then(queue.queue(order)).block();
        await().atMost(Duration.ofSeconds(30)).until(() -> !Mails.to(address).isEmpty());
        queue.queue(order).block();
        MimeMessage mail = Mails.to(address).getFirst();
        assertThat(mail.getSubject()).isEqualTo("A new device has logged in");
        assertThat(mail.getMessageID()).isEqualTo("<" + order.id() + "@cadenza.localhost>");
        assertThat(mail.getSentDate().toInstant().getEpochSecond())
                .isEqualTo(order.at().getEpochSecond());
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(Mails.text(mail)).contains("192.0.2.7", "Zoë's <Browser>");
        assertThat(Mails.html(mail)).contains("192.0.2.7", "Zoë&#39;s &lt;Browser&gt;");
        done(order);
        assertThat(Mails.to(address)).hasSize(1);
    }

    @Test
    void aMailWhoseSenderDiedBeforeItNotedThatItLeftComesAgainByteForByte() {
        String address = address(name());
        MailOrder order = order(address, Map.of("ip", "192.0.2.8", "device", "x"));
        queue.queue(order).block();
        Versioned<Mail> done = done(order);
        // what the database says after such a crash
        mails.update(done, Change.of(new Mail(order, order.at(), Instant.now(), 1)))
                .block();
        await().atMost(Duration.ofSeconds(30)).until(() -> Mails.to(address).size() == 2);
        List<String> whole = Mails.to(address).stream()
                .map(GreenMailUtil::getWholeMessage)
                // the server's own line says when it came
                .map(mail -> mail.replaceFirst("(?m)^Received: .*\\R", ""))
                .toList();
        assertThat(whole.get(1)).isEqualTo(whole.get(0)).doesNotContain("Received:");
    }

    private static MailOrder order(String address, Map<String, String> facts) {
        return new MailOrder(
                Ids.next(),
                MailKind.NEW_LOGIN,
                "veza",
                address,
                "ann",
                facts,
                Instant.now(),
                Instant.now().plusSeconds(3600));
    }

    /** The mail once it has left. */
    private Versioned<Mail> done(MailOrder order) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> mails.done(Instant.now().plusSeconds(60), 10_000)
                                .filter(mail -> mail.id().equals(order.id()))
                                .next()
                                .block(),
                        Objects::nonNull);
    }
}
