/**
 * A web page that shows what the cameras see and the network thinks, and lets the budget be turned.
 */
@NullMarked
package io.saccade.console;

import org.jspecify.annotations.NullMarked;
