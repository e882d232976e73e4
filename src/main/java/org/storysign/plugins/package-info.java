/** StorySign Plugins: runs other people's WebAssembly for a product, under limits. */
@org.jspecify.annotations.NullMarked
package org.storysign.plugins;
