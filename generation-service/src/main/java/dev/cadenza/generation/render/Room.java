package dev.cadenza.generation.render;

/**
 * Reverberation: a feedback network of eight delays behind a short pre-delay. Linear and without state but its own, so
 * that the sum of the stems is the mix.
 */
final class Room {

    private static final int[] LENGTHS = {1481, 1693, 1913, 2129, 2333, 2557, 2801, 3083};

    private final float[][] lines = new float[LENGTHS.length][];
    private final int[] positions = new int[LENGTHS.length];
    private final float[] damped = new float[LENGTHS.length];
    private final float[] gains = new float[LENGTHS.length];
    private final float[] before;
    private final float wet;
    private final float damping;
    private int beforePosition;
    private float lowLeft;
    private float lowRight;

    /**
     * @param amount 0 (dry) to 1 (a hall)
     */
    Room(double amount, int sampleRate) {
        double seconds = 0.5 + 2.6 * amount;
        for (int i = 0; i < LENGTHS.length; i++) {
            int length = (int) Math.round(LENGTHS[i] * (0.7 + 0.5 * amount) * sampleRate / 44_100);
            lines[i] = new float[length];
            gains[i] = (float) Math.pow(10, -3.0 * length / (seconds * sampleRate));
        }
        before = new float[2 * (int) (sampleRate * (0.004 + 0.022 * amount))];
        wet = (float) (0.34 * amount);
        damping = (float) (0.35 - 0.1 * amount);
    }

    /** Adds the room to {@code frames} frames. */
    void add(float[] interleaved, int frames) {
        if (wet < 0.005) {
            return;
        }
        for (int n = 0; n < frames; n++) {
            float left = before[beforePosition];
            float right = before[beforePosition + 1];
            before[beforePosition] = interleaved[2 * n];
            before[beforePosition + 1] = interleaved[2 * n + 1];
            beforePosition = (beforePosition + 2) % before.length;

            float sum = 0;
            for (int i = 0; i < lines.length; i++) {
                float out = lines[i][positions[i]] * gains[i];
                damped[i] += (out - damped[i]) * (1 - damping);
                sum += damped[i];
            }
            // Householder: each line hears all others, energy is kept
            float shared = sum * (2f / LENGTHS.length);
            float outLeft = 0;
            float outRight = 0;
            for (int i = 0; i < lines.length; i++) {
                float in = (i % 2 == 0 ? left : right) * 0.5f;
                lines[i][positions[i]] = damped[i] - shared + in;
                positions[i] = positions[i] + 1 == lines[i].length ? 0 : positions[i] + 1;
                if (i % 2 == 0) {
                    outLeft += (i % 4 == 0 ? 1 : -1) * damped[i];
                } else {
                    outRight += (i % 4 == 1 ? 1 : -1) * damped[i];
                }
            }
            // a room has no deep bass
            lowLeft += (outLeft - lowLeft) * 0.022f;
            lowRight += (outRight - lowRight) * 0.022f;
            interleaved[2 * n] += wet * (outLeft - lowLeft);
            interleaved[2 * n + 1] += wet * (outRight - lowRight);
        }
    }
}
