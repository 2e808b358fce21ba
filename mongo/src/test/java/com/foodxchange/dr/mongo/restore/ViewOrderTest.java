package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.CollectionSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewOrderTest {
    private static Task view(String name, String options) {
        return new Task(
                0,
                MemoryContent.withoutDocuments("shop." + name, CollectionSpec.Type.VIEW, options),
                RestorePlan.Action.CREATE,
                Task.Way.VIEW,
                null);
    }

    private static List<String> inOrder(Task... views) {
        return ViewRestore.inOrder(Arrays.asList(views)).stream()
                .map(view -> view.namespace().collection())
                .toList();
    }

    @Test
    void aViewComesAfterTheViewItIsOn() {
        assertThat(inOrder(
                        view("a", "{viewOn: 'b', pipeline: []}"),
                        view("b", "{viewOn: 'c', pipeline: []}"),
                        view("c", "{viewOn: 'experts', pipeline: []}")))
                .containsExactly("c", "b", "a");
    }

    @Test
    void aViewComesAfterTheViewsThatItsStagesReadFromAtAnyDepth() {
        assertThat(inOrder(
                        view("a", "{viewOn: 'x', pipeline: [{$lookup: {from: 'c', as: 'c', pipeline: []}}]}"),
                        view("b", "{viewOn: 'x', pipeline: [{$facet: {f: [{$unionWith: {coll: 'a'}}]}}]}"),
                        view("c", "{viewOn: 'x', pipeline: [{$unionWith: 'd'}]}"),
                        view("d", "{viewOn: 'x', pipeline: []}")))
                .containsExactly("d", "c", "a", "b");
    }

    @Test
    void viewsThatReadFromEachOtherDoNotHang() {
        assertThat(inOrder(view("a", "{viewOn: 'b', pipeline: []}"), view("b", "{viewOn: 'a', pipeline: []}")))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void otherwiseTheOrderIsTheCallers() {
        assertThat(inOrder(view("z", "{viewOn: 'x'}"), view("a", "{viewOn: 'x'}")))
                .containsExactly("z", "a");
    }
}
