@NullMarked
package io.saccade.camera.config;

import org.jspecify.annotations.NullMarked;
