package io.gleaner.perf.manifests;

import com.google.gson.annotations.SerializedName;
import io.gleaner.perf.manifests.Shape.Entries;
import io.gleaner.perf.manifests.Shape.Fields;
import io.gleaner.perf.manifests.Shape.Items;
import io.gleaner.perf.manifests.Shape.Scalar;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The types of the Kubernetes API as shapes, read off the models of {@code client-java-api}, which
 * are generated from the API's own OpenAPI description. (The models' {@code validateJsonElement}
 * knows the same but does not say where.)
 */
final class KubernetesTypes {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private static final Map<Class<?>, Scalar> SCALARS =
            Map.of(
                    String.class, Scalar.TEXT,
                    Integer.class, Scalar.INTEGER,
                    Long.class, Scalar.INTEGER,
                    Double.class, Scalar.NUMBER,
                    Boolean.class, Scalar.TRUTH,
                    Quantity.class, Scalar.QUANTITY,
                    IntOrString.class, Scalar.INTEGER_OR_TEXT,
                    Object.class, Scalar.ANYTHING);

    private KubernetesTypes() {}

    /**
     * The shape of a model.
     *
     * @param model such as {@code V1Deployment}
     */
    static Shape of(String model) {
        try {
            return shape(Class.forName(MODELS + model));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no model " + model, e);
        }
    }

    private static Shape shape(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type last =
                    generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return generic.getRawType().equals(List.class)
                    ? new Items(shape(last))
                    : new Entries(shape(last));
        }
        Class<?> model = (Class<?>) type;
        if (model.getName().startsWith(MODELS)) {
            return fields(model);
        }
        // Dates and bytes are texts in YAML.
        return SCALARS.getOrDefault(model, Scalar.TEXT);
    }

    private static Fields fields(Class<?> model) {
        Map<String, Supplier<Shape>> of = new LinkedHashMap<>();
        for (Field field : model.getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            if (name != null) {
                of.put(name.value(), () -> shape(field.getGenericType()));
            }
        }
        return new Fields(model.getSimpleName(), of, required(model));
    }

    private static Set<String> required(Class<?> model) {
        try {
            Set<?> names = (Set<?>) model.getField("openapiRequiredFields").get(null);
            return Set.copyOf(names.stream().map(String::valueOf).toList());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(model + " does not say what it requires", e);
        }
    }
}
