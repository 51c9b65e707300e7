@NullMarked
package io.saccade.quickstart;

import org.jspecify.annotations.NullMarked;
