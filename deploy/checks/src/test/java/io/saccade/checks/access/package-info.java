@NullMarked
package io.saccade.checks.access;

import org.jspecify.annotations.NullMarked;
