package io.saccade.console.scene;

/**
 * Something that happened.
 *
 * @param number grows by one with each mark
 * @param atMillis when
 * @param kind {@code camera}, {@code control}, {@code refused}, {@code model} or {@code job}
 * @param camera the camera concerned; empty when it concerns all
 * @param text for people
 */
public record Mark(long number, long atMillis, String kind, String camera, String text) {}
