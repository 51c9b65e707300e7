/**
 * Cameras to try the camera process with: real servers whose faults can be had at will, and the
 * process itself, watched from outside.
 */
@NullMarked
package io.saccade.bench.camera;

import org.jspecify.annotations.NullMarked;
