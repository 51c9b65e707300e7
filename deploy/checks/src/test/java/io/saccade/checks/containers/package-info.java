@NullMarked
package io.saccade.checks.containers;

import org.jspecify.annotations.NullMarked;
