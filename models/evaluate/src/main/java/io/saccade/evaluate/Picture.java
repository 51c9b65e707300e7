package io.saccade.evaluate;

import java.nio.file.Path;

/**
 * One picture file and what it shows.
 *
 * @param label index of the class
 * @param clip pictures of one clip look alike, and are drawn together when intervals are made
 */
record Picture(Path file, int label, String clip) {}
