package dev.cadenza.platform.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.platform.audio.UndecodableImageException.Problem;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTests {

    private static final int SIDE = 512;
    private static final int MOST_PIXELS = 40_000_000;

    private static final String LOSSY_WEBP = "UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=";
    private static final String LOSSLESS_WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";
    private static final String TRANSPARENT_WEBP =
            "UklGRkoAAABXRUJQVlA4WAoAAAAQAAAAAAAAAAAAQUxQSAwAAAARBxAR/Q9ERP8DAABW"
                    + "UDggGAAAABQBAJ0BKgEAAQAAAP4AAA3AAP7mtQAAAA==";
    private static final String ANIMATED_WEBP = "UklGRlIAAABXRUJQVlA4WAoAAAASAAAAAAAAAAAAQU5JTQYAAAD/////AABBTk1GJgAA"
            + "AAAAAAAAAAAAAAAAAGQAAABWUDhMDQAAAC8AAAAQBxAREYiI/gcA";

    private static Ffmpeg ffmpeg;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        ffmpeg = Ffmpeg.open(AudioSettings.defaults());
    }

    @ParameterizedTest
    @CsvSource({"1200, 800, 512, 341", "800, 1200, 341, 512", "300, 200, 300, 200", "4000, 3, 512, 1", "1, 1, 1, 1"})
    void fitsIntoTheSquareAndIsNeverEnlarged(int width, int height, int newWidth, int newHeight) throws Exception {
        for (String format : new String[] {"png", "jpg", "gif"}) {
            Path file = file("in." + format, encoded(picture(width, height, false), format));
            ImageInfo info = ffmpeg.shrink(file, out(), SIDE, MOST_PIXELS);
            assertThat(info.width()).isEqualTo(newWidth);
            assertThat(info.height()).isEqualTo(newHeight);
            BufferedImage result = ImageIO.read(out().toFile());
            assertThat(result.getWidth()).isEqualTo(newWidth);
            assertThat(result.getHeight()).isEqualTo(newHeight);
        }
    }

    @Test
    void keepsTheColours() throws Exception {
        for (String format : new String[] {"png", "jpg", "gif"}) {
            Path file = file("in." + format, encoded(picture(600, 600, false), format));
            ffmpeg.shrink(file, out(), SIDE, MOST_PIXELS);
            assertQuarters(ImageIO.read(out().toFile()), Color.RED, Color.GREEN, Color.BLUE, Color.WHITE);
        }
    }

    @Test
    void whatMayBeTransparentBecomesPngTheRestJpeg() throws Exception {
        Path transparent = file("t", encoded(picture(600, 600, true), "png"));
        assertThat(ffmpeg.shrink(transparent, out(), SIDE, MOST_PIXELS).contentType())
                .isEqualTo("image/png");
        assertThat(new Color(ImageIO.read(out().toFile()).getRGB(256, 256), true).getAlpha())
                .isZero();
        Path opaque = file("o", encoded(picture(600, 600, false), "png"));
        ImageInfo info = ffmpeg.shrink(opaque, out(), SIDE, MOST_PIXELS);
        assertThat(info.contentType()).isEqualTo("image/jpeg");
        assertThat(info.format()).isEqualTo("jpg");
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(out()))).startsWith("ffd8ff");
    }

    @ParameterizedTest
    @CsvSource({LOSSY_WEBP + ", jpg", LOSSLESS_WEBP + ", png", TRANSPARENT_WEBP + ", png"})
    void takesWebp(String base64, String format) throws Exception {
        Path file = file("in.webp", Base64.getDecoder().decode(base64));
        assertThat(ffmpeg.shrink(file, out(), SIDE, MOST_PIXELS).format()).isEqualTo(format);
        assertThat(ImageIO.read(out().toFile()).getWidth()).isEqualTo(1);
    }

    @Test
    void animatedWebpIsRefusedWithWordsForIt() throws IOException {
        UndecodableImageException refusal =
                refusal(file("a", Base64.getDecoder().decode(ANIMATED_WEBP)));
        assertThat(refusal.problem()).isEqualTo(Problem.UNUSABLE);
        assertThat(refusal.reason()).contains("Animated");
    }

    @ParameterizedTest
    @CsvSource({
        "1, RED, GREEN, BLUE, WHITE",
        "2, GREEN, RED, WHITE, BLUE",
        "3, WHITE, BLUE, GREEN, RED",
        "4, BLUE, WHITE, RED, GREEN",
        "5, RED, BLUE, GREEN, WHITE",
        "6, BLUE, RED, WHITE, GREEN",
        "7, WHITE, GREEN, BLUE, RED",
        "8, GREEN, WHITE, RED, BLUE",
        "9, RED, GREEN, BLUE, WHITE"
    })
    void picturesFromCamerasStandUpright(int orientation, String a, String b, String c, String d) throws Exception {
        Path file = file("in.jpg", withExif(encoded(picture(600, 400, false), "jpg"), orientation));
        ImageInfo info = ffmpeg.shrink(file, out(), SIDE, MOST_PIXELS);
        BufferedImage result = ImageIO.read(out().toFile());
        assertThat(result.getWidth()).isEqualTo(info.width());
        assertThat(result.getHeight()).isEqualTo(info.height());
        assertThat(info.width() > info.height()).isEqualTo(orientation < 5 || orientation == 9);
        assertQuarters(result, colour(a), colour(b), colour(c), colour(d));
    }

    @Test
    void nothingOfTheFileGetsThroughButPixels() throws Exception {
        String secret = "<script>alert('48.8584 N 2.2945 E')</script>";
        byte[] jpeg = encoded(picture(900, 900, false), "jpg");
        byte[] png = encoded(picture(900, 900, true), "png");
        byte[] text = chunk("tEXt", ("Comment\0" + secret).getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] file : new byte[][] {
            withExif(jpeg, 1, secret),
            joined(jpeg, secret.getBytes(StandardCharsets.ISO_8859_1)),
            joined(Arrays.copyOf(png, 33), text, Arrays.copyOfRange(png, 33, png.length)),
            // an archive or a page behind a picture: both readers find what is theirs
            joined(png, "PK\003\004".getBytes(StandardCharsets.ISO_8859_1), secret.getBytes(StandardCharsets.US_ASCII))
        }) {
            ffmpeg.shrink(file("polyglot", file), out(), SIDE, MOST_PIXELS);
            String result = Files.readString(out(), StandardCharsets.ISO_8859_1);
            assertThat(result).doesNotContain("script", "48.8584", "Exif", "PK\003\004", "Lavc", "tEXt", "iCCP");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just words",
                "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:1/x'/></svg>",
                "<!DOCTYPE html><title>x</title>",
                "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/x",
                "ffconcat version 1.0\nfile /etc/passwd",
                "%PDF-1.7",
                "BM......",
                "RIFF....WAVEfmt "
            })
    void refusesOtherContentWhateverItsName(String text) throws IOException {
        for (String name : new String[] {"a.png", "a.jpg", "-i"}) {
            assertThat(refusal(file(name, text.getBytes(StandardCharsets.UTF_8)))
                            .problem())
                    .isEqualTo(Problem.UNSUPPORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"89504e470d0a1a0a", "ffd8ffe0", "ffd8ffd9", "474946383961", "524946460000000057454250", ""})
    void refusesABeginningWithNothingBehindIt(String hex) throws IOException {
        byte[] beginning = HexFormat.of().parseHex(hex);
        assertThat(refusal(file("a", beginning)).problem()).isEqualTo(Problem.UNUSABLE);
        byte[] noise = new byte[5_000];
        new Random(3).nextBytes(noise);
        if (beginning.length > 0) {
            assertThat(refusal(file("b", joined(beginning, noise))).problem())
                    .isIn(Problem.UNUSABLE, Problem.BEYOND_LIMITS);
        }
    }

    @Test
    void refusesWhatIsCutOffAnywhere() throws Exception {
        for (byte[] whole : new byte[][] {
            encoded(noise(), "png"),
            encoded(noise(), "jpg"),
            encoded(noise(), "gif"),
            Base64.getDecoder().decode(LOSSY_WEBP)
        }) {
            for (int part = 1; part < 20; part++) {
                byte[] cut = Arrays.copyOf(whole, whole.length * part / 20);
                assertThat(catchThrowableOfType(
                                UndecodableImageException.class, () -> ImageHeader.read(file("cut", cut))))
                        .isNotNull();
            }
        }
    }

    @Test
    void refusesDamagedPixels() throws Exception {
        byte[] png = encoded(noise(), "png");
        png[png.length / 2] ^= 0x55;
        assertThat(refusal(file("d", png)).problem()).isEqualTo(Problem.UNUSABLE);
        assertThat(out()).doesNotExist();
    }

    @Test
    void refusesMorePixelsThanAcceptedBeforeAnythingIsDecoded() throws Exception {
        // of 100 gigapixels, in some kilobytes
        Path bomb = file("bomb.png", blackPng(316_000, 316_000, 64));
        assertThat(Files.size(bomb)).isLessThan(50_000);
        UndecodableImageException refusal = refusal(bomb);
        assertThat(refusal.problem()).isEqualTo(Problem.BEYOND_LIMITS);
        assertThat(refusal.reason()).isEqualTo("The picture has more than 40 megapixels.");
        for (String header : new String[] {
            // GIF of 65535 x 65535, one frame; JPEG of the same; lossless WebP of 16384 x 16384
            "474946383961ffffffff0000002c00000000ffffffff0002024c0100",
            "ffd8ffc0001108ffffffff03011100021101031101ffda000c03010002110311003f0000ffd9",
            "5249464612000000574542505650384c050000002fffffff0f00"
        }) {
            assertThat(refusal(file("b", HexFormat.of().parseHex(header))).problem())
                    .isEqualTo(Problem.BEYOND_LIMITS);
        }
    }

    @Test
    void refusesAPictureThatIsLargerThanItFirstSaid() throws Exception {
        byte[] small = Arrays.copyOf(blackPng(10, 10, 10), 33);
        byte[] large = blackPng(30_000, 30_000, 64);
        // two headers: a limit on what was declared first would be passed
        Path file = file("two", joined(small, Arrays.copyOfRange(large, 8, large.length)));
        assertThat(refusal(file).problem()).isIn(Problem.UNUSABLE, Problem.BEYOND_LIMITS);
        assertThat(out()).doesNotExist();
    }

    @Test
    void takesTheLargestPictureInItsMemory() throws Exception {
        Path black = file("black.png", blackPng(6_300, 6_300, 6_300));
        assertThat(ffmpeg.shrink(black, out(), SIDE, MOST_PIXELS).width()).isEqualTo(SIDE);
    }

    @Test
    void aLateProgramDoesNotCondemnThePicture() throws Exception {
        Ffmpeg hasty = Ffmpeg.open(AudioSettings.defaults().withWallTimeout(Duration.ofMillis(1)));
        Path file = file("in.png", blackPng(6_300, 6_300, 6_300));
        assertThat(catchThrowableOfType(
                        FfmpegFailedException.class, () -> hasty.shrink(file, out(), SIDE, MOST_PIXELS)))
                .isNotNull();
    }

    private UndecodableImageException refusal(Path file) {
        UndecodableImageException refusal = catchThrowableOfType(
                UndecodableImageException.class, () -> ffmpeg.shrink(file, out(), SIDE, MOST_PIXELS));
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).doesNotContain(folder.toString());
        return refusal;
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    /** Four quarters: red, green, blue, white; a transparent hole in the middle where it may be. */
    private static BufferedImage picture(int width, int height, boolean hole) {
        BufferedImage image =
                new BufferedImage(width, height, hole ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color colour = y < height / 2
                        ? x < width / 2 ? Color.RED : Color.GREEN
                        : x < width / 2 ? Color.BLUE : Color.WHITE;
                boolean inHole = hole && Math.hypot(x - width / 2.0, y - height / 2.0) < width / 8.0;
                image.setRGB(x, y, inHole ? 0 : colour.getRGB());
            }
        }
        return image;
    }

    private static BufferedImage noise() {
        BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(5);
        for (int i = 0; i < 200 * 200; i++) {
            image.setRGB(i % 200, i / 200, random.nextInt(0x100_0000));
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        BufferedImage source = image;
        if (format.equals("gif")) {
            source = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED);
            Graphics2D graphics = source.createGraphics();
            graphics.drawImage(image, 0, 0, null);
            graphics.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(source, format, out)).isTrue();
        return out.toByteArray();
    }

    /** A PNG that declares so many black pixels and holds {@code rows} rows of them. */
    private static byte[] blackPng(int width, int height, int rows) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
            byte[] row = new byte[1 + width];
            for (int i = 0; i < rows; i++) {
                deflater.write(row);
            }
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(header);
        data.writeInt(width);
        data.writeInt(height);
        data.write(new byte[] {8, 0, 0, 0, 0});
        return joined(
                HexFormat.of().parseHex("89504e470d0a1a0a"),
                chunk("IHDR", header.toByteArray()),
                chunk("IDAT", pixels.toByteArray()),
                chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String name, byte[] content) throws IOException {
        byte[] named = joined(name.getBytes(StandardCharsets.US_ASCII), content);
        CRC32 crc = new CRC32();
        crc.update(named);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(content.length);
        data.write(named);
        data.writeInt((int) crc.getValue());
        return out.toByteArray();
    }

    private static byte[] withExif(byte[] jpeg, int orientation, String... more) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        byte[] tail = String.join("", more).getBytes(StandardCharsets.US_ASCII);
        data.write(jpeg, 0, 2);
        data.writeShort(0xFFE1);
        data.writeShort(2 + 6 + 8 + 2 + 12 + 4 + tail.length);
        data.writeBytes("Exif\0\0MM\0*\0\0\0\b");
        data.writeShort(1);
        data.writeShort(0x0112);
        data.writeShort(3);
        data.writeInt(1);
        data.writeShort(orientation);
        data.writeShort(0);
        data.writeInt(0);
        data.write(tail);
        data.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static Color colour(String name) {
        return switch (name) {
            case "RED" -> Color.RED;
            case "GREEN" -> Color.GREEN;
            case "BLUE" -> Color.BLUE;
            default -> Color.WHITE;
        };
    }

    private static void assertQuarters(BufferedImage image, Color... colours) {
        int w = image.getWidth();
        int h = image.getHeight();
        for (int i = 0; i < 4; i++) {
            Color actual = new Color(image.getRGB(w / 4 + i % 2 * (w / 2), h / 4 + i / 2 * (h / 2)));
            assertThat(actual.getRed()).isCloseTo(colours[i].getRed(), within(12));
            assertThat(actual.getGreen()).isCloseTo(colours[i].getGreen(), within(12));
            assertThat(actual.getBlue()).isCloseTo(colours[i].getBlue(), within(12));
        }
    }
}
