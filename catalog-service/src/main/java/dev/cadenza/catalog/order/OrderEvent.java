package dev.cadenza.catalog.order;

/** What happened to an order. */
public sealed interface OrderEvent {

    /** It is there. */
    record Placed() implements OrderEvent {}

    /** It is paid. */
    record Completed() implements OrderEvent {}

    /** It will not be paid. */
    record Declined() implements OrderEvent {}

    /** The money was given back. */
    record Refunded() implements OrderEvent {}
}
