package io.saccade.gfnet.decode;

/**
 * Which pixels of one side go into each resized pixel, and with what weight: Pillow's fixed-point
 * arithmetic to the bit, antialiasing included. A network saw these very roundings in training.
 *
 * @param first per resized pixel, the first that counts
 * @param weights per resized pixel, of {@code first} and those after it; their sum is 2^22
 */
record PillowTaps(int[] first, int[][] weights) {
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);

  /** The taps of the resized pixels that the crop keeps. */
  static PillowTaps of(ResizedCrop side, Filter filter) {
    double scale = (double) side.side() / side.resized();
    double stretch = Math.max(scale, 1); // growing needs no antialiasing
    double reach = filter.reach * stretch;
    int[] first = new int[side.size()];
    int[][] weights = new int[side.size()][];
    for (int kept = 0; kept < side.size(); kept++) {
      double centre = (side.first() + kept + 0.5) * scale;
      int from = Math.max(0, (int) (centre - reach + 0.5));
      int to = Math.min(side.side(), (int) (centre + reach + 0.5));
      double[] exact = new double[to - from];
      double sum = 0;
      for (int i = 0; i < exact.length; i++) {
        exact[i] = filter.weight(Math.abs((i + from - centre + 0.5) * (1 / stretch)));
        sum += exact[i];
      }
      first[kept] = from;
      weights[kept] = fixed(exact, sum);
    }
    return new PillowTaps(first, weights);
  }

  private static int[] fixed(double[] exact, double sum) {
    int[] fixed = new int[exact.length];
    for (int i = 0; i < exact.length; i++) {
      double weight = exact[i] / sum * (1 << PRECISION);
      fixed[i] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    return fixed;
  }

  /** The first source pixel that any kept pixel needs. */
  int from() {
    return first[0];
  }

  /** One behind the last source pixel that any kept pixel needs. */
  int to() {
    int last = first.length - 1;
    return first[last] + weights[last].length;
  }

  /** A resized value: source values stand {@code step} apart, beginning at {@code at}. */
  byte resized(int kept, byte[] source, int at, int step) {
    int sum = HALF;
    int index = at;
    for (int weight : weights[kept]) {
      sum += weight * (source[index] & 0xff);
      index += step;
    }
    return (byte) Math.max(0, Math.min(255, sum >> PRECISION));
  }
}
