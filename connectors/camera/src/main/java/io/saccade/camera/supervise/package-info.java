/** Keeps cameras up: one loop each, that opens, watches, kills, waits and tries again. */
@NullMarked
package io.saccade.camera.supervise;

import org.jspecify.annotations.NullMarked;
