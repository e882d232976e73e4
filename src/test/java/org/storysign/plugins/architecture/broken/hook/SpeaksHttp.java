package org.storysign.plugins.architecture.broken.hook;

import jakarta.ws.rs.core.Response;

interface SpeaksHttp {
    Response speak();
}
