@NullMarked
package io.saccade.console.scene;

import org.jspecify.annotations.NullMarked;
