package io.saccade.evaluate.sizing;

/**
 * What a quality costs the cameras at hand.
 *
 * @param name glance, best (within a point of the best accuracy), full, or a position
 * @param position on the frontier; between two points they are mixed, frame by frame
 * @param looks mean number of them
 * @param frameMillis CPU time of a frame: decoding, looks, and what the pipeline adds
 * @param cores of classifying threads, for all cameras
 * @param accuracy share of right answers among frames that are looked at
 * @param low lower end of its 90 % interval
 * @param high upper end
 * @param kept share of frames that are looked at; below 1 the others are left out
 */
public record Quality(
    String name,
    double position,
    double looks,
    double frameMillis,
    double cores,
    double accuracy,
    double low,
    double high,
    double kept) {}
