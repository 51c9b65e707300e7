package io.saccade.job;

import io.saccade.budget.ControllerKind;
import io.saccade.job.kafka.StartFrom;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of an enum's values, written as {@code exactly-once}. */
public abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  private Choice(Class<E> type) {
    this.type = type;
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> written(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, but was '%s'"
                        .formatted(
                            Arrays.stream(type.getEnumConstants())
                                .map(Choice::written)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  static String written(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code at-least-once} or {@code exactly-once}. */
  public static final class OfDelivery extends Choice<Delivery> {
    OfDelivery() {
      super(Delivery.class);
    }
  }

  static final class OfController extends Choice<ControllerKind> {
    OfController() {
      super(ControllerKind.class);
    }
  }

  static final class OfStart extends Choice<StartFrom> {
    OfStart() {
      super(StartFrom.class);
    }
  }
}
