package io.saccade.camera;

/**
 * A clip played as a camera.
 *
 * @param id the camera's id in the frames topic
 * @param clip the clip's name
 * @param knownClass what the clip is known to show
 */
public record SampleCamera(String id, String clip, String knownClass) {}
