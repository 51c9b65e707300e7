@NullMarked
package io.saccade.console.control;

import org.jspecify.annotations.NullMarked;
