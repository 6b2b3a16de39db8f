package dev.cadenza.launcher.infra;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;

/** An SMTP server that takes every mail, for any recipient, and delivers it to {@link Mails} only. */
final class MailServer implements StandIn {

    private final Mails mails;
    private final GreenMail server;
    private final int port;

    MailServer(Mails mails, int port) {
        this.mails = mails;
        this.port = port;
        this.server = new GreenMail(new ServerSetup(port, InfrastructureSettings.LOOPBACK, ServerSetup.PROTOCOL_SMTP));
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (server.isRunning()) {
            return;
        }
        // a server that was stopped has forgotten these
        server.getUserManager().setAuthRequired(false);
        server.getUserManager().setMessageDeliveryHandler((message, recipient) -> {
            try {
                // before the answer to the sender: what is acknowledged is on disk
                mails.add(recipient.getEmail(), message.getMessage());
            } catch (IOException e) {
                throw new MessagingException("the mail cannot be kept", e);
            }
            return new Nobody(recipient.getEmail());
        });
        server.start();
    }

    @Override
    public synchronized void stop() {
        server.stop();
    }

    /** Receiver of what is on disk already, so that nothing is kept in memory as well. */
    private record Nobody(String address) implements GreenMailUser {

        @Override
        public String getEmail() {
            return address;
        }

        @Override
        public String getLogin() {
            return address;
        }

        @Override
        public void deliver(MovingMessage message) {}

        @Override
        public void deliver(MimeMessage message) {}

        @Override
        public void create() {}

        @Override
        public void delete() {}

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public void setPassword(String password) {}

        @Override
        public void authenticate(String password) throws UserException {
            throw new UserException("there are no mailboxes here");
        }

        @Override
        public String getQualifiedMailboxName() {
            return address;
        }
    }
}
