/** Accounts, their passwords, and what their roles allow. */
@NamedInterface("account")
package dev.kiln.auth.account;

import org.springframework.modulith.NamedInterface;
