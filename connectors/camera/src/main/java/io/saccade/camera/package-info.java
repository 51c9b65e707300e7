/** Video to frames on Kafka: what a camera sees, with when it was seen. */
@NullMarked
package io.saccade.camera;

import org.jspecify.annotations.NullMarked;
