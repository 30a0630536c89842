/** How clients prove who they are by a signed statement (private_key_jwt). */
package dev.kiln.auth.assertion;
