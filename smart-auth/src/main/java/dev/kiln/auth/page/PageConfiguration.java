package dev.kiln.auth.page;

import dev.kiln.auth.Accounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

  private final ObjectProvider<Accounts> accounts;
  private final Language language = new Language();

  PageConfiguration(ObjectProvider<Accounts> accounts) {
    this.accounts = accounts;
  }

  @Bean
  LocaleResolver localeResolver() {
    return language;
  }

  @Bean
  static MessageSource messageSource() {
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("dev/kiln/auth/page/messages");
    messages.setDefaultEncoding("UTF-8");
    messages.setDefaultLocale(Locale.ENGLISH);
    return messages;
  }

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors
        .addInterceptor(new Frame(language))
        .addPathPatterns(
            "/sign-in/**",
            "/second-factor/**",
            "/account/**",
            "/consent",
            "/choose-patient",
            "/invitation/**",
            "/reset/**",
            "/error");
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CurrentAccount(accounts.getObject()));
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry resources) {
    resources
        .addResourceHandler("/auth/assets/**")
        .addResourceLocations("classpath:/dev/kiln/auth/page/assets/")
        .setCacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic());
  }
}
