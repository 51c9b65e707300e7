/** Who may see and do what. */
@NullMarked
package io.saccade.console.access;

import org.jspecify.annotations.NullMarked;
