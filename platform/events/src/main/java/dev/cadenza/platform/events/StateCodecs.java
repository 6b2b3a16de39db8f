package dev.cadenza.platform.events;

import com.mongodb.MongoClientSettings;
import dev.cadenza.platform.core.Failure;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.UuidRepresentation;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * How records become documents. The driver's own record codec cannot read a document that lacks a primitive component,
 * as every older document does after a rolling upgrade that adds one; nor does it know {@code Object}.
 */
final class StateCodecs implements CodecProvider {

    /** Codecs of everything a state may contain. */
    static final CodecRegistry REGISTRY = CodecRegistries.withUuidRepresentation(
            CodecRegistries.fromRegistries(
                    CodecRegistries.fromProviders(new StateCodecs()), MongoClientSettings.getDefaultCodecRegistry()),
            UuidRepresentation.STANDARD);

    @Override
    public <T> @Nullable Codec<T> get(Class<T> type, CodecRegistry registry) {
        return get(type, List.of(), registry);
    }

    @Override
    @SuppressWarnings("unchecked") // each branch makes the codec of the class that it compared
    public <T> @Nullable Codec<T> get(Class<T> type, List<Type> arguments, CodecRegistry registry) {
        if (type.isRecord()) {
            return (Codec<T>) recordCodec(type.asSubclass(Record.class), registry);
        }
        if (type == Object.class) {
            return (Codec<T>) new JsonValueCodec(registry);
        }
        if (type == Map.class && arguments.size() == 2 && arguments.get(0) == String.class) {
            return (Codec<T>) new TextKeyedCodec(codec(arguments.get(1), registry));
        }
        return null;
    }

    private static <R extends Record> Codec<R> recordCodec(Class<R> type, CodecRegistry registry) {
        return new RecordCodec<>(type, registry);
    }

    @SuppressWarnings("unchecked") // only ever used with values of that type
    private static Codec<Object> codec(Type type, CodecRegistry registry) {
        return (Codec<Object>)
                switch (type) {
                    case Class<?> plain -> registry.get(ClassUtils.resolvePrimitiveIfNecessary(plain));
                    case ParameterizedType generic ->
                        registry.get((Class<?>) generic.getRawType(), List.of(generic.getActualTypeArguments()));
                    default -> throw new CodecConfigurationException("cannot store " + type);
                };
    }

    private static final class RecordCodec<R extends Record> implements Codec<R> {

        private record Component(
                String name,
                MethodHandle accessor,
                Codec<Object> codec,
                @Nullable Object absent) {}

        private final Class<R> type;
        private final Constructor<R> constructor;
        private final List<Component> components = new ArrayList<>();
        private final Map<String, Integer> positions = new HashMap<>();

        RecordCodec(Class<R> type, CodecRegistry registry) {
            this.type = type;
            RecordComponent[] parts = type.getRecordComponents();
            try {
                this.constructor = type.getDeclaredConstructor(
                        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                for (RecordComponent part : parts) {
                    part.getAccessor().setAccessible(true);
                    positions.put(part.getName(), components.size());
                    components.add(new Component(
                            part.getName(),
                            MethodHandles.lookup().unreflect(part.getAccessor()),
                            codec(part.getGenericType(), registry),
                            absent(part.getType())));
                }
            } catch (NoSuchMethodException | IllegalAccessException e) {
                throw new CodecConfigurationException("cannot store " + type, e);
            }
        }

        private static @Nullable Object absent(Class<?> type) {
            if (type.isPrimitive()) {
                return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
            }
            if (type == List.class) {
                return List.of();
            }
            if (type == Set.class) {
                return Set.of();
            }
            return type == Map.class ? Map.of() : null;
        }

        @Override
        public void encode(BsonWriter writer, R value, EncoderContext context) {
            writer.writeStartDocument();
            for (Component component : components) {
                Object part = read(component, value);
                if (part != null) {
                    writer.writeName(component.name());
                    component
                            .codec()
                            .encode(writer, part, EncoderContext.builder().build());
                }
            }
            writer.writeEndDocument();
        }

        private static @Nullable Object read(Component component, Object value) {
            try {
                return component.accessor().invoke(value);
            } catch (Throwable e) {
                throw new CodecConfigurationException("cannot read " + component.name(), e);
            }
        }

        @Override
        public R decode(BsonReader reader, DecoderContext context) {
            @Nullable Object[] parts = new @Nullable Object[components.size()];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = components.get(i).absent();
            }
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                Integer position = positions.get(reader.readName());
                if (position == null || reader.getCurrentBsonType() == BsonType.NULL) {
                    reader.skipValue();
                } else {
                    parts[position] = components.get(position).codec().decode(reader, context);
                }
            }
            reader.readEndDocument();
            try {
                return constructor.newInstance(parts);
            } catch (InvocationTargetException e) {
                throw new CodecConfigurationException("a stored " + type.getSimpleName() + " is refused", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new CodecConfigurationException("cannot make " + type, e);
            }
        }

        @Override
        public Class<R> getEncoderClass() {
            return type;
        }
    }

    /** Keeps the order of the keys, which the driver's codec loses. */
    private record TextKeyedCodec(Codec<Object> values) implements Codec<Map<String, Object>> {

        @Override
        public void encode(BsonWriter writer, Map<String, Object> map, EncoderContext context) {
            writer.writeStartDocument();
            map.forEach((key, value) -> {
                if (key.indexOf(0) >= 0) {
                    // the only text that cannot be a name in a document
                    throw Failure.invalid("value.unsupported", "A name contains a character that cannot be stored.");
                }
                writer.writeName(key);
                write(writer, value);
            });
            writer.writeEndDocument();
        }

        private void write(BsonWriter writer, @Nullable Object value) {
            if (value == null) {
                writer.writeNull();
            } else {
                values.encode(writer, value, EncoderContext.builder().build());
            }
        }

        @Override
        public Map<String, Object> decode(BsonReader reader, DecoderContext context) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                String key = reader.readName();
                if (reader.getCurrentBsonType() == BsonType.NULL) {
                    reader.readNull();
                    map.put(key, null);
                } else {
                    map.put(key, values.decode(reader, context));
                }
            }
            reader.readEndDocument();
            return castNonNull(map);
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects may hold null, which the type of the map cannot say
        private static Map<String, Object> castNonNull(Map<String, @Nullable Object> map) {
            return (Map<String, Object>) (Map<?, ?>) map;
        }

        @Override
        @SuppressWarnings("unchecked") // erasure
        public Class<Map<String, Object>> getEncoderClass() {
            return (Class<Map<String, Object>>) (Class<?>) Map.class;
        }
    }

    /** A value whose type only the document knows. */
    private record JsonValueCodec(CodecRegistry registry) implements Codec<Object> {

        @Override
        public void encode(BsonWriter writer, Object value, EncoderContext context) {
            codec(
                            switch (value) {
                                case Map<?, ?> map -> MAP;
                                case Iterable<?> list -> LIST;
                                default -> value.getClass();
                            },
                            registry)
                    .encode(writer, value, context);
        }

        @Override
        public Object decode(BsonReader reader, DecoderContext context) {
            BsonType type = reader.getCurrentBsonType();
            return codec(
                            switch (type) {
                                case DOCUMENT -> MAP;
                                case ARRAY -> LIST;
                                case STRING -> String.class;
                                case BOOLEAN -> Boolean.class;
                                case INT32 -> Integer.class;
                                case INT64 -> Long.class;
                                case DOUBLE -> Double.class;
                                case DECIMAL128 -> java.math.BigDecimal.class;
                                case DATE_TIME -> java.time.Instant.class;
                                case BINARY -> java.util.UUID.class;
                                default -> throw new CodecConfigurationException("no JSON value: " + type);
                            },
                            registry)
                    .decode(reader, context);
        }

        @Override
        public Class<Object> getEncoderClass() {
            return Object.class;
        }
    }

    private static final Type MAP = new Generic(Map.class, new Type[] {String.class, Object.class});
    private static final Type LIST = new Generic(List.class, new Type[] {Object.class});

    // an array, because the interface wants one
    private record Generic(Class<?> getRawType, Type[] getActualTypeArguments) implements ParameterizedType {
        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }
}
