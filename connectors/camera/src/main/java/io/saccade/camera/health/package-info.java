/** How a camera process does, for those who watch it: liveness, readiness, metrics over HTTP. */
@NullMarked
package io.saccade.camera.health;

import org.jspecify.annotations.NullMarked;
