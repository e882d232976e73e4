package org.storysign.plugins.packaged;

import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads heap and CPU time of another JVM of this machine. */
final class HeapProbe implements AutoCloseable {

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final List<MemoryPoolMXBean> heapPools;
    private final OperatingSystemMXBean system;
    private final ThreadMXBean threads;
    private final MemoryPoolMXBean metaspace;

    @SuppressWarnings("BanJNDI") // the agent of a process that we started ourselves
    HeapProbe(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            this.connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            MBeanServerConnection server = connector.getMBeanServerConnection();
            this.memory = ManagementFactory.getPlatformMXBean(server, MemoryMXBean.class);
            this.system = ManagementFactory.getPlatformMXBean(server, OperatingSystemMXBean.class);
            this.threads = ManagementFactory.getPlatformMXBean(server, ThreadMXBean.class);
            this.metaspace = ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("Metaspace"))
                    .findFirst()
                    .orElseThrow();
            this.heapPools = ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class).stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What one deed cost: heap at its highest above what was in use before, garbage included, in bytes; CPU time of the whole JVM. */
    record Cost(long heap, Duration cpu) {}

    Cost of(Runnable deed) {
        memory.gc();
        long before = memory.getHeapMemoryUsage().getUsed();
        heapPools.forEach(MemoryPoolMXBean::resetPeakUsage);
        long cpuBefore = system.getProcessCpuTime();

        deed.run();

        long cpu = system.getProcessCpuTime() - cpuBefore;
        long highest = heapPools.stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return new Cost(highest - before, Duration.ofNanos(cpu));
    }

    /** After a collection. */
    long heapInUse() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Bytes of classes that are loaded; say {@link #heapInUse} first, which unloads what nobody needs. */
    long metaspace() {
        return metaspace.getUsage().getUsed();
    }

    int threads() {
        return threads.getThreadCount();
    }

    long largestHeap() {
        return memory.getHeapMemoryUsage().getMax();
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
