package org.storysign.plugins.platform;

import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.platform.memory.InMemoryFiles;

class InMemoryFilesTest extends FileStoreContract {

    private final InMemoryFiles files = new InMemoryFiles(new TestClock());

    @Override
    protected FileStore store() {
        return files;
    }

    @Override
    protected TenantId tenant() {
        return TenantId.DEFAULT;
    }

    @Override
    protected TenantId otherTenant() {
        return new TenantId("other");
    }
}
