package io.saccade.job.events;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a camera across restarts. Public, and of types that Flink serialises itself.
 *
 * @param camera its name
 * @param partition where its last frame came from
 * @param subtask who kept it
 * @param parallelism of how many
 * @param model SHA-256 of the model whose classes {@code sums} are about
 * @param sums weighted probabilities, one per class
 * @param weight of the frames in the sums
 * @param smoothedAtMillis time of the newest frame in the sums
 * @param shows the class it was last said to show, null before the first event
 * @param candidate the class its newest frames agree on, null when that is {@code shows}
 * @param candidateSinceMillis capture time of the first of these frames
 * @param agreeing number of these frames
 * @param capturedMillis capture time of its newest frame
 * @param heardMillis time of its partition when that frame came
 * @param silent whether it was said to be silent
 * @param ours whether its frames came to the one who kept it; after a rescale all keep it
 * @param share what it has left and usually sends, see {@link
 *     io.saccade.budget.share.Cameras#state}; null in states kept before there were shares
 */
public record CameraState(
    String camera,
    int partition,
    int subtask,
    int parallelism,
    String model,
    float[] sums,
    double weight,
    long smoothedAtMillis,
    @Nullable String shows,
    @Nullable String candidate,
    long candidateSinceMillis,
    int agreeing,
    long capturedMillis,
    long heardMillis,
    boolean silent,
    boolean ours,
    double @Nullable [] share) {}
