/** One budget for many: shares of subtasks in a job, and of cameras in a subtask. */
@NullMarked
package io.saccade.budget.share;

import org.jspecify.annotations.NullMarked;
