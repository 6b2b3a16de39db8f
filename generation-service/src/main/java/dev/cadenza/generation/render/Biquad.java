package dev.cadenza.generation.render;

/** Second-order filter, transposed direct form II. */
final class Biquad {

    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) {
        this.b0 = b0 / a0;
        this.b1 = b1 / a0;
        this.b2 = b2 / a0;
        this.a1 = a1 / a0;
        this.a2 = a2 / a0;
    }

    double next(double x) {
        double y = b0 * x + z1;
        z1 = b1 * x - a1 * y + z2;
        z2 = b2 * x - a2 * y;
        return y;
    }

    /** First stage of K weighting: the head. The analogue prototype behind the table of BS.1770, for any rate. */
    static Biquad kShelf(double rate) {
        double k = Math.tan(Math.PI * 1681.974450955533 / rate);
        double q = 0.7071752369554196;
        double vh = Math.pow(10, 3.999843853973347 / 20);
        double vb = Math.pow(vh, 0.4996667741545416);
        return new Biquad(
                vh + vb * k / q + k * k,
                2 * (k * k - vh),
                vh - vb * k / q + k * k,
                1 + k / q + k * k,
                2 * (k * k - 1),
                1 - k / q + k * k);
    }

    /** Second stage of K weighting. */
    static Biquad kHighPass(double rate) {
        double k = Math.tan(Math.PI * 38.13547087602444 / rate);
        double q = 0.5003270373238773;
        double a0 = 1 + k / q + k * k;
        // the table leaves the numerator 1 -2 1 unscaled
        return new Biquad(a0, -2 * a0, a0, a0, 2 * (k * k - 1), 1 - k / q + k * k);
    }

    /** Butterworth high pass. */
    static Biquad highPass(double rate, double frequency) {
        double w = 2 * Math.PI * frequency / rate;
        double alpha = Math.sin(w) / Math.sqrt(2);
        double cos = Math.cos(w);
        return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }
}
