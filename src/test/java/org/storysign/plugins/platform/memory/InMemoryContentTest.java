package org.storysign.plugins.platform.memory;

import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentLibrary;
import org.storysign.plugins.platform.ContentLibraryContract;

class InMemoryContentTest extends ContentLibraryContract {

    private final InMemoryContent content = new InMemoryContent(new TestClock());

    @Override
    protected ContentLibrary library() {
        return content;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("other");
    }

    @Override
    protected void put(TenantId tenant, String id, ContentDraft draft) {
        content.put(tenant, id, draft);
    }
}
