@NullMarked
package io.saccade.camera.kafka;

import org.jspecify.annotations.NullMarked;
