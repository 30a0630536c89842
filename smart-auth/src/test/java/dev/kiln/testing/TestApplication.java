package dev.kiln.testing;

import dev.kiln.auth.Account;
import dev.kiln.auth.Accounts;
import dev.kiln.auth.AuthConfiguration;
import dev.kiln.auth.PatientDirectory;
import dev.kiln.auth.SmartScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The authorization server with some people who are who they say. It lies outside of the package
 * that the server scans.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(AuthConfiguration.class)
public class TestApplication {

  /** People and what their roles allow. */
  public static final class People implements Accounts {

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Set<SmartScope>> ceilings = new ConcurrentHashMap<>();

    People() {
      add("alba", "Patient/alba", "patient/*.cruds", "user/*.rs");
      add("nora", "Patient/nora", "patient/*.cruds", "user/*.rs");
      add("drake", "Practitioner/drake", "patient/*.cruds", "user/*.cruds");
      add("rita", "Practitioner/rita", "patient/Patient.rs", "user/Patient.rs", "user/Slot.cruds");
      add("root", null, "user/*.cruds");
    }

    public void add(String id, String fhirUser, String... ceiling) {
      accounts.put(id, new Account(id, "Name of " + id, fhirUser, Set.of()));
      ceilings.put(
          id,
          Stream.of(ceiling)
              .map(scope -> SmartScope.of(scope).orElseThrow())
              .collect(Collectors.toSet()));
    }

    public void close(String id) {
      accounts.remove(id);
    }

    @Override
    public Optional<Account> byId(String id) {
      return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public Set<SmartScope> ceiling(Account account) {
      return new HashSet<>(ceilings.getOrDefault(account.id(), Set.of()));
    }
  }

  /** Patients find themselves, nora her child too, clinicians all. */
  static final class Patients implements PatientDirectory {

    private static final List<String> ALL = List.of("alba", "nora", "child");

    @Override
    public List<Entry> find(Account on, String text, int most) {
      return ALL.stream()
          .filter(id -> id.contains(text))
          .map(id -> entry(on, id))
          .flatMap(Optional::stream)
          .limit(most)
          .toList();
    }

    @Override
    public Optional<Entry> entry(Account on, String id) {
      boolean mayChoose =
          on.fhirUser() != null && on.fhirUser().startsWith("Practitioner/")
              || id.equals(on.id())
              || on.id().equals("nora") && id.equals("child");
      return ALL.contains(id) && mayChoose
          ? Optional.of(new Entry(id, "Name of " + id, "", "", ""))
          : Optional.empty();
    }
  }

  @RestController
  static final class SignIn {

    @PostMapping("/test/sign-in")
    void signIn(
        @RequestParam String account, HttpServletRequest request, HttpServletResponse response) {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(
              account, null, AuthorityUtils.createAuthorityList("SIGNED_IN")));
      request.getSession(true);
      request.changeSessionId();
      new HttpSessionSecurityContextRepository().saveContext(context, request, response);
    }

    @PostMapping("/test/sign-out")
    void signOut(HttpServletRequest request) {
      request.getSession().invalidate();
    }
  }

  @Bean
  @Order(2)
  SecurityFilterChain testPages(HttpSecurity http) throws Exception {
    return http.securityMatcher("/test/**")
        .csrf(csrf -> csrf.disable())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  @Bean
  @Primary
  People people() {
    return new People();
  }

  @Bean
  @Primary
  PatientDirectory patients() {
    return new Patients();
  }
}
