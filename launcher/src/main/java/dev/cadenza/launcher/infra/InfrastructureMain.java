package dev.cadenza.launcher.infra;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all stand-ins in one JVM. Its one argument is a properties file: {@link InfrastructureSettings}. */
public final class InfrastructureMain {

    private static final Logger log = LoggerFactory.getLogger(InfrastructureMain.class);

    private final MailPage page;
    private final List<StandIn> standIns;

    private InfrastructureMain(InfrastructureSettings settings) throws Exception {
        Path data = settings.data();
        Mails mails = new Mails(data.resolve("mails"));
        StandIn kafka = new KafkaBroker(data.resolve("kafka"), settings.kafkaPort(), settings.kafkaControllerPort());
        StandIn smtp = new MailServer(mails, settings.smtpPort());
        StandIn objects = new ObjectServer(
                data.resolve("objects"),
                settings.s3Port(),
                settings.s3AccessKey(),
                settings.s3SecretKey(),
                settings.s3Bucket());
        List<StandIn> servers =
                List.of(kafka, new MongoWireServer(data.resolve("mongo"), settings.mongoPort()), objects, smtp);
        this.page = new MailPage(mails, servers, List.of(kafka, objects, smtp), settings.mailPort());
        this.standIns = new ArrayList<>(servers);
        this.standIns.add(page);
    }

    /** Starts everything, or ends the process with 1 and the reason in the log. */
    public static void main(String[] arguments) {
        try {
            InfrastructureMain main = new InfrastructureMain(InfrastructureSettings.read(Path.of(arguments[0])));
            Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop"));
            main.start();
        } catch (Exception e) {
            log.error("The infrastructure does not start", e);
            System.exit(1);
        }
    }

    private void start() throws Exception {
        try (ExecutorService starters = Executors.newFixedThreadPool(standIns.size())) {
            List<Future<Void>> starts = new ArrayList<>();
            for (StandIn standIn : standIns) {
                Callable<Void> start = () -> {
                    long began = System.nanoTime();
                    standIn.start();
                    long millis = (System.nanoTime() - began) / 1_000_000;
                    log.info("{} listens on port {} after {} ms", standIn.name(), standIn.port(), millis);
                    return null;
                };
                starts.add(starters.submit(start));
            }
            for (Future<Void> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        page.everythingStarted();
    }

    private void stop() {
        for (StandIn standIn : standIns) {
            try {
                standIn.stop();
            } catch (Exception e) {
                log.warn("{} did not stop in good order", standIn.name(), e);
            }
        }
    }
}
