package dev.cadenza.generation.render;

/** Chorus: two slowly moving copies, one for each side, so that a mono sound becomes wide. */
final class Widener {

    private final float[] left;
    private final float[] right;
    private final double step;
    private final double base;
    private final double depth;
    private final float amount;
    private double phase;
    private int position;

    Widener(double amount, int sampleRate) {
        this.left = new float[sampleRate / 20];
        this.right = new float[sampleRate / 20];
        this.step = 2 * Math.PI * 0.55 / sampleRate;
        this.base = 0.013 * sampleRate;
        this.depth = 0.0035 * sampleRate;
        this.amount = (float) amount;
    }

    void add(float[] interleaved, int frames) {
        for (int n = 0; n < frames; n++) {
            left[position] = interleaved[2 * n];
            right[position] = interleaved[2 * n + 1];
            float wetLeft = at(left, base + depth * Math.sin(phase));
            float wetRight = at(right, base + depth * Math.sin(phase + Math.PI / 2) + 31);
            interleaved[2 * n] = interleaved[2 * n] * (1 - amount * 0.35f) + amount * (wetLeft - 0.45f * wetRight);
            interleaved[2 * n + 1] =
                    interleaved[2 * n + 1] * (1 - amount * 0.35f) + amount * (wetRight - 0.45f * wetLeft);
            phase += step;
            position = position + 1 == left.length ? 0 : position + 1;
        }
    }

    private float at(float[] line, double delay) {
        double exact = position - delay;
        int whole = (int) Math.floor(exact);
        float share = (float) (exact - whole);
        float a = line[Math.floorMod(whole, line.length)];
        float b = line[Math.floorMod(whole + 1, line.length)];
        return a + (b - a) * share;
    }
}
